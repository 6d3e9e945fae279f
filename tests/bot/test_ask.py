"""`ask` answers a question on the command line, and says of a file of questions what was understood."""

from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app


def run(*words: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["ask", *words])
    return result.exit_code, result.output.splitlines()


def test_an_answer_comes_with_its_source():
    code, lines = run("nop ho so o dau")

    assert code == 0
    assert "ủy ban xã" in lines[0]
    assert lines[1].startswith("Nguồn: Điều 7, 10 QĐ 26/2026/QĐ-TTg · áp dụng từ 22/5/2026 · kiểm tra 21/11/2026")


def test_what_is_unclear_is_offered():
    _, lines = run("hồ sơ thì sao")

    assert lines[0] == "Có phải bà con hỏi:"
    assert len(lines) <= 4


def test_what_is_not_known_is_said():
    assert run("tối nay đá bóng mấy giờ") == (0, ["Trợ lý chưa biết chắc câu này."])


def test_two_questions_get_two_answers():
    _, lines = run("lệ phí ocop bao nhiêu và nộp hồ sơ cho ai")

    assert sum(line.startswith("Nguồn: ") for line in lines) == 2


def test_english_is_answered_in_english():
    _, lines = run("where do I submit the dossier?")

    assert "commune" in lines[0]


def test_of_a_file_every_question_gets_a_line(tmp_path: Path):
    file = tmp_path / "q.tsv"
    file.write_text(
        "text\tid\tstyle\n"
        'lam "homestay" co duoc cham ocop khong\ta1\tnodiac\n'
        "đăng ký kết hôn ở xã cần gì\ta2\toos\n"
        "\ta3\n"
        "lệ phí ocop bao nhiêu và nộp hồ sơ cho ai\ta4\tmixed\n",
        encoding="utf-8-sig",
    )

    code, lines = run("--file", str(file))

    assert code == 0
    assert lines[0] == "id\tdecision\tfirst\tsecond\tthird"
    assert [line.split("\t")[:3] for line in lines[1:]] == [
        ["a1", "answer", "tourism-products"],
        ["a2", "none", ""],
        ["a3", "none", ""],
        ["a4", "answer", "fees"],
    ]
    assert lines[4].split("\t")[3] == "where-to-submit"
    assert all(line.count("\t") == 4 for line in lines)


def test_a_file_without_its_columns_is_refused_with_one_sentence(tmp_path: Path):
    file = tmp_path / "q.tsv"
    file.write_text("câu hỏi\nnộp ở đâu\n", encoding="utf-8")

    assert run("--file", str(file)) == (
        2,
        [f"Dòng đầu của tệp {file} phải có các cột id, text, cách nhau bằng dấu tab."],
    )


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path):
    file = tmp_path / "q.tsv"
    assert run("--file", str(file)) == (2, [f"Không mở được tệp {file}."])

    file.write_bytes("id\ttext\n1\thạn nộp\n".encode("utf-16"))
    assert run("--file", str(file)) == (2, [f"Tệp {file} phải viết bằng UTF-8."])


def test_one_question_or_one_file_is_asked_for():
    assert run()[0] == 2
    assert run("nộp ở đâu", "--file", "q.tsv")[0] == 2
