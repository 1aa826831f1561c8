"""nginx as in deploy/nginx.conf, on ports and in a folder of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import List, Sequence

AROUND = """worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_temp_path {folder}/proxy;
{own}
}}
"""
SERVER = re.compile(r"^    server 127\.0\.0\.1:\d+ (max_fails=0;).*$", re.MULTILINE)


def installed() -> bool:
    return shutil.which("nginx") is not None


def configuration(own: str, folder: Path, port: int, behind: Sequence[int], cache: bool) -> str:
    """The whole of it. `own`: what stands in deploy/nginx.conf; `behind`: two ports."""
    left = list(behind)
    own = SERVER.sub(lambda found: f"    server 127.0.0.1:{left.pop(0)} {found[1]}", own)
    own = own.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/cache/nginx/cases", f"{folder}/cache")
    return AROUND.format(folder=folder, own=own if cache else own.replace("proxy_cache cases;", "proxy_cache off;"))


def command(own: str, folder: Path, port: int, behind: Sequence[int], cache: bool) -> List[str]:
    """What starts it."""
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(configuration(own, folder, port, behind, cache), encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
