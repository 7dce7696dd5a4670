"""The safety proof: the script as one Boolean circuit, asked by a SAT solver over all answers at once."""
