"""What an editor of a tracker does at a terminal beside checking and building: begin, add, look at it."""
