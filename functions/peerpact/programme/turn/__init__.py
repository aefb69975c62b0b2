"""The turn of a round: its last letter, who goes on with whom, the word that closes a pairing, and one number."""
