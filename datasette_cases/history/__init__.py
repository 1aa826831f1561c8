"""What changed from one database to another: facts alone, from two snapshots."""
