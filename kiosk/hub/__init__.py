"""The campus side: holds every secret and every connection to campus systems; kiosks talk to nothing else."""
