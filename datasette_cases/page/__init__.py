"""One plain, frozen object for each page. Template, JSON and feed of a page read the same object."""
