"""What is remembered about a listener, and nothing else."""
