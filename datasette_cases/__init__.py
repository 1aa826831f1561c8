"""What did each authority do with the same complaint, what must it do next, and how do we know?"""

__version__ = "0.1.0"
