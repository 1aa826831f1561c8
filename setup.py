"""Package metadata. Tool settings stand in pyproject.toml."""

import re
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = re.search(r'__version__ = "(.+)"', (HERE / "datasette_cases" / "__init__.py").read_text(encoding="utf-8")).group(1)

setup(
    name="datasette-cases",
    version=VERSION,
    description="What did each authority do with the same complaint, what must it do next, and how do we know?",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    packages=find_packages(include=["datasette_cases", "datasette_cases.*"]),
    package_data={
        "datasette_cases": ["py.typed", "locales/*.po"],
        "datasette_cases.calendars": ["*.txt"],
        "datasette_cases.editor": ["preview.js", "starter/*.*", "starter/data/*.yml", "starter/data/cases/*.yml"],
        "datasette_cases.export": ["tables.json"],
        "datasette_cases.plugin": ["templates/datasette_cases/*.html", "static/*", "fonts/*"],
    },
    python_requires=">=3.10",
    install_requires=[
        "Babel>=2.14",
        "datasette>=0.65.4",
        "pluggy>=1.5",
        "pydantic>=2.8,<3",
        "python-slugify>=9,<10",
        "PyYAML>=6",
        "sqlite-utils>=4,<5",
        "tzdata",
    ],
    extras_require={
        "png": ["resvg-py>=0.5,<0.6"],
        "publish": [
            "httptools>=0.6",
            "uvloop>=0.19; sys_platform != 'win32'",
        ],
        "test": [
            "atoma>=0.0.17,<0.1",
            "axe-playwright-python>=0.1.8,<0.2",
            "beautifulsoup4>=4.12",
            "feedparser>=6,<7",
            "holidays>=0.109,<0.110; python_version >= '3.11'",
            "html5lib>=1.1",
            "hypothesis>=6.100",
            "icalendar>=7,<8",
            "ics>=0.7.2,<0.8",
            "jsonschema>=4.20",
            "mypy>=1.10",
            "pillow>=10",
            "playwright>=1.50,<2",
            "pytest>=8",
            "pytest-asyncio>=1",
            "rdflib>=7,<8",
            "resvg-py>=0.5,<0.6",
            "ruff>=0.8",
            "types-PyYAML",
            "vermin>=1.6",
        ],
    },
    entry_points={"datasette": ["cases = datasette_cases.plugin"]},
    classifiers=[
        "Development Status :: 4 - Beta",
        "Framework :: Datasette",
        "License :: OSI Approved :: Apache Software License",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.10",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
)
