"""`find` names the products a query asks for, on the command line and for a file of queries."""

from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app


def run(*words: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["find", *words])
    return result.exit_code, result.output.splitlines()


def test_a_product_comes_with_its_maker_its_stars_and_a_source():
    code, lines = run("mien tai hoan")

    assert code == 0
    assert (
        lines[0] == "– «Miến dong Tài Hoan» của HTX Tài Hoan, Côn Minh: 4 sao năm 2019, 5 sao năm 2021, 5 sao năm 2024"
    )
    assert lines[1].startswith("Nguồn: ")


def test_what_is_not_there_is_said():
    assert run("xe máy") == (0, ["Trợ lý chưa thấy hàng nào như vậy trong danh mục."])


def test_of_a_file_every_query_gets_a_line_with_exact_names(tmp_path: Path):
    file = tmp_path / "q.tsv"
    file.write_text("query\tid\nchiếu trúc\tp1\nxe máy\tp2\n\tp3\n", encoding="utf-8-sig")

    assert run("--file", str(file)) == (
        0,
        [
            "id\tproduct\tproduct_2\tproduct_3\tproduct_4\tproduct_5",
            "p1\tChiếu trúc\tChiếu trúc hoạt hóa\t\t\t",
            "p2\t\t\t\t\t",
            "p3\t\t\t\t\t",
        ],
    )


def test_a_file_that_cannot_be_read_is_told_of_in_one_line(tmp_path: Path):
    file = tmp_path / "q.tsv"
    assert run("--file", str(file)) == (2, [f"Không mở được tệp {file}."])

    file.write_text("id\ttext\n", encoding="utf-8")
    assert run("--file", str(file))[1] == [
        f"Dòng đầu của tệp {file} phải có các cột id, query, cách nhau bằng dấu tab."
    ]
    assert run() == (2, ["Viết tên hàng cần tìm, hoặc --file và tên tệp."])
