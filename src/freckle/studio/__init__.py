"""One opened photo and everything the editor asks of it: previews, export, report."""
