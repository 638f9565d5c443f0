"""Undersong: hear a voice, compose a score, sound the score."""
