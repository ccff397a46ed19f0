"""Reading what people typed and what files hold: fields and tables, every problem named."""
