"""What screens are made of; each widget keeps its styles and keys beside itself."""
