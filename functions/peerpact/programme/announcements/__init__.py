"""The word before a round: announcement, welcome, and that there is nobody for somebody. Values in, letters out."""
