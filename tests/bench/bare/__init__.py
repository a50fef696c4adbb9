"""The two bare stacks: the servers, their one statement, and how the load generator starts and speaks to them."""
