"""How answers look to a person: lines of text, coloured or not, fitted to a width or left long for pipes."""
