"""Where each sentence comes from: the inventory of the two articles, and the articles themselves."""
