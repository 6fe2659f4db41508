"""The portal on one's own machine: what is installed, which servers run, who stops them."""
