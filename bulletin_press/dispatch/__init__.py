"""The post: an issue as e-mail, one message a recipient, each sent once whatever interrupts it."""
