"""Small mistakes, planted into the script one at a time: examples, proof or chats must catch each."""
