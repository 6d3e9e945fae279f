"""What the papers beside the code promise, held against the code: settings, tasks, dependencies, locks, licence."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "storage", "ocop", "talk")
MAIN_TASKS = ("run", "test", "test-long", "check", "bench")

# Needed without an import of ours: taken up by name at run time.
TAKEN_UP = {
    "httptools": "uvicorn",
    "uvloop": "uvicorn",
    "tzdata": "zoneinfo",
    "psycopg": "sqlalchemy",
}
MODULES = {
    "tomli-w": "tomli_w",
    "python-telegram-bot": "telegram",
    "pillow": "PIL",
    "python-docx": "docx",
    "prometheus-client": "prometheus_client",
    "pydantic-settings": "pydantic_settings",
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tasks() -> dict[str, str]:
    """Every task of the Makefile and its line of help, "" where it has none."""
    found = re.findall(r"^([a-z][a-z-]*):(?!=)(?:[^#\n]*?(?:##\s*(.*))?)$", read("Makefile"), re.MULTILINE)
    return {name: said.strip() for name, said in found}


def requirements(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", read(lock), re.MULTILINE))


def imported() -> set[str]:
    names: set[str] = set()
    for floor in FLOORS:
        for file in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.partition(".")[0])
    return names


class TestSettings:
    def test_the_example_names_every_setting_in_order_with_its_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
            monkeypatch.delenv(name, raising=False)

        assert list(dotenv_values(ROOT / ".env.example")) == [name.upper() for name in Settings.model_fields]
        assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)

    def test_the_example_says_of_each_setting_what_a_bad_value_would_be_told(self) -> None:
        explained = dict(re.findall(r"^# (.*)\.\n([A-Z_]+)=", read(".env.example"), re.MULTILINE))

        assert {name.lower(): said for said, name in explained.items()} == {
            name: field.description for name, field in Settings.model_fields.items()
        }


class TestTasks:
    def test_make_alone_lists_every_task_with_one_line(self) -> None:
        shown = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)

        assert all(tasks().values())
        assert [line.split()[1] for line in shown.stdout.splitlines()] == list(tasks())

    def test_every_task_is_phony_so_that_a_file_of_its_name_cannot_stop_it(self) -> None:
        phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)

        assert phony
        assert phony[1].split() == list(tasks())

    def test_what_the_tasks_start_is_there(self) -> None:
        started = set(re.findall(r"python -m ([a-z_.]+)", read("Makefile"))) - {"pytest", "pip", "venv"}

        assert started
        assert [name for name in sorted(started) if not self.is_there(name)] == []

    def is_there(self, module: str) -> bool:
        place = ROOT / module.replace(".", "/")
        return place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()

    @pytest.mark.parametrize("task", MAIN_TASKS)
    def test_the_readme_names_the_main_tasks(self, task: str) -> None:
        assert re.search(rf"\bmake {task}(?![\w-])", read("README.md"))

    def test_the_readme_names_no_task_that_is_not_there(self) -> None:
        named = set(re.findall(r"(?:^ *|`)make ([a-z][a-z-]*)", read("README.md"), re.MULTILINE))

        assert named <= set(tasks())

    def test_the_readme_links_only_to_files_that_are_there(self) -> None:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read("README.md"))

        assert [link for link in links if not (ROOT / link).exists()] == []

    def test_the_gate_runs_what_the_readme_tells_people_to_run(self) -> None:
        gate = read(".ci/run")

        assert re.search(r"\bmake test$", gate, re.MULTILINE)
        assert re.search(r"\bmake check$", gate, re.MULTILINE)


class TestDependencies:
    project = tomllib.loads(read("pyproject.toml"))["project"]

    def names(self, listed: list[str]) -> list[str]:
        return [re.split(r"[\[><=;]", requirement)[0] for requirement in listed]

    def test_each_is_one_line_with_its_range_and_its_reason(self) -> None:
        listed = [*self.project["dependencies"], *self.project["optional-dependencies"]["dev"]]
        lines = re.findall(r'^    "([^"]+)",\s+# \S.+$', read("pyproject.toml"), re.MULTILINE)

        assert [requirement for requirement in listed if requirement not in lines] == []
        assert [requirement for requirement in listed if ">=" not in requirement] == []

    def test_each_is_used(self) -> None:
        used = imported()
        unused = [
            name
            for name in self.names(self.project["dependencies"])
            if MODULES.get(name, name) not in used and TAKEN_UP.get(name) not in used
        ]

        assert unused == []

    def test_each_is_locked_with_hashes_and_no_address(self) -> None:
        for lock in ("requirements.lock", "requirements-dev.lock"):
            text = read(lock)
            assert "://" not in text
            assert not re.search(r"^--", text, re.MULTILINE)
            assert len(re.findall(r"==\S+.* \\\n    --hash=sha256:", text)) == len(requirements(lock))

        assert set(self.names(self.project["dependencies"])) <= set(requirements("requirements.lock"))
        assert set(self.names(self.project["optional-dependencies"]["dev"])) <= set(
            requirements("requirements-dev.lock")
        )

    def test_the_tests_run_on_the_very_versions_that_people_run(self) -> None:
        run, tested = requirements("requirements.lock"), requirements("requirements-dev.lock")

        assert {name: tested.get(name) for name in run} == run


def test_the_licence_is_there_in_full() -> None:
    text = read("LICENSE")

    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_secrets_and_what_people_told_us_stay_out_of_the_repository() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", ".env", "data/ocop.db", "data/secret_key", "data/files/a.jpg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert len(ignored.stdout.splitlines()) == 4
