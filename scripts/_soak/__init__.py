"""What `scripts/soak` is made of: readers, nginx, and two processes that are started again."""
