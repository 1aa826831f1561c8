"""What `scripts/benchmark` runs inside an environment: a server to compare with, and the case page taken apart."""
