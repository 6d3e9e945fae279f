"""What officials of a province have topics answer there: found, written, dated, looked at, approved, taken back.

finding    «sửa câu trả lời»: which topic
page       a topic as people are given it, and what can be done about it
writing    a new version: its words, where they stand, from when and until when
approving  a second official lets people be given it
clashes    a release changed what an official wrote over
files      the same at a desk: topics as files, out and in
telling    everybody who asked is told, once
"""
