"""What moderators run: checks, proof, simulated chats, changes, documents and publishing."""
