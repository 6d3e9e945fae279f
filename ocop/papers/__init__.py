"""The papers of the programme, filled in and laid out to be printed, signed and handed in.

A paper is described once (layout.py) and drawn by two writers, docx_writer.py and pdf_writer.py, so that the Word file
and the PDF never say different things: `write_pdf(form01.paper(form))`.
"""
