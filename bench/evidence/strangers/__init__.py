"""Papers, layouts, cameras and forgeries of a second hand: nothing here looks at the reader.

The first generator and the reader grew together, so a figure from it says little about papers that
strangers make. These have other words, other fonts, other programs and other ways to forge.
Each family from the third on was written before the reader was changed for it, and read once
before anything was learned from it; what came out then stands in the docs.
"""
