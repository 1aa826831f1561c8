"""From files to records: everything an editor can get wrong is found here, all of it at once, with its place."""
