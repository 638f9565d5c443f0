"""Samples to segments, playlists and files, and bytes to samples."""
