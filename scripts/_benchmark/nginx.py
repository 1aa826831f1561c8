"""nginx as it stands before the site (docs/performance.md), and the same bytes as a file, from the same server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import List

CACHED, STATIC = "/-/cases", "/file.html"
"""What comes out of its cache, and out of a file."""

CONFIGURATION = """worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    map $http_accept_language $language {{
        default en;
        "~*^(?<first>de|es|fr|it|nl|pl)\\b" $first;
    }}
    types {{ text/html html; }}
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_temp_path {folder}/proxy;
    proxy_cache_path {folder}/cache keys_zone=cases:10m max_size=1g inactive=7d;
    server {{
        listen 127.0.0.1:{port};
        location = /file.html {{ root {folder}; }}
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Cookie "";
            proxy_set_header Authorization "";
            proxy_set_header Accept-Language $language;
            proxy_cache cases;
            proxy_cache_key $scheme$host$request_uri$language;
            proxy_ignore_headers Vary;
            proxy_cache_revalidate on;
            proxy_cache_lock on;
            proxy_cache_use_stale error timeout updating;
            add_header X-Cache $upstream_cache_status;
        }}
    }}
}}
"""


def installed() -> bool:
    return shutil.which("nginx") is not None


def command(folder: Path, port: int, behind: int, page: bytes) -> List[str]:
    """What starts it: in a folder of its own, on a port, in front of the site on another; `page`: what is in the file."""
    (folder / "file.html").write_bytes(page)
    folder.chmod(0o755)
    (folder / "file.html").chmod(0o644)
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind), encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
