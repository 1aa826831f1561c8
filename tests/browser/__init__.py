"""What only a browser knows: a real Chromium looks at the pages of a real server."""
