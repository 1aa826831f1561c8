"""What a page of ours may load: its own site's files, nothing inline, nothing from elsewhere."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; base-uri 'none'"
)
