"""What the launcher says about a data folder that it cannot use, and about a server that was left behind."""

import os
from pathlib import Path

import pytest

from config.bootstrap.screen import Refusal
from config.launch import leftover
from config.launch.postgres import Cluster


def test_data_of_another_major_version_is_refused_with_a_way_out(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(Refusal, match=r"data of PostgreSQL 12, but this is PostgreSQL 18\. Dump it .* DATABASE_URL"):
        Cluster(data, 5432).prepare()


def test_the_server_is_told_how_many_to_let_in(tmp_path: Path) -> None:
    assert "max_connections=250" in Cluster(tmp_path / "postgres", 5432, connections=250).command()


def test_a_lost_password_is_refused_with_the_name_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"postgres\.password is gone"):
        Cluster(tmp_path / "postgres", 5432).url()


@pytest.mark.parametrize("content", ["", "nonsense\n", "999999999\n/data\n"])
def test_a_stale_pid_file_is_nobody(tmp_path: Path, content: str) -> None:
    (tmp_path / "postmaster.pid").write_text(content, encoding="ascii")
    assert leftover.server_of(tmp_path) is None


def test_a_process_that_got_the_old_number_and_lives_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    if Path("/proc/self").exists():
        assert leftover.server_of(tmp_path) is None


def test_a_lived_in_folder_without_a_server_needs_no_ending(tmp_path: Path) -> None:
    leftover.end(tmp_path)
