"""The recipe for arrays larger than memory, on a cluster of two processes."""

import numpy as np
import pytest

import sites
import softdial
from pasting import paste
from test_copying import blocks, fences

pytestmark = pytest.mark.crosswalk

RECIPE = (sites.ROOT / "docs" / "recipes" / "larger-than-memory.md").read_text("utf-8")
# Dask then computes there by itself
CONNECT = "from distributed import Client\nclient = Client({address!r})"
CHECK = "assert len(client.run(lambda: 1)) == 2\nclient.close()"


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster


@pytest.fixture
def client(cluster):
    from distributed import Client

    with Client(cluster) as client:
        yield client


@pytest.fixture
def logits():
    return np.random.default_rng(0).normal(size=(60, 12)) * 3


def array(values, chunks):
    import dask.array as da

    return da.from_array(values, chunks=chunks)


class TestCluster:
    @pytest.mark.parametrize("number", range(2))
    def test_each_block_of_the_recipe_runs_on_it(self, cluster, number):
        found = [block for fence in fences(RECIPE) for block in blocks(fence)]
        code, wanted = found[number]
        connect = CONNECT.format(address=cluster.scheduler_address)

        assert len(found) == 2
        assert paste((connect, ""), (code, wanted), (CHECK, "")) == ""

    @pytest.mark.parametrize("temperature", [0, 0.5, 1, np.inf])
    def test_chunks_of_whole_rows_give_what_softdial_gives(self, client, logits, temperature):
        lazy = array(logits, (7, -1)).map_blocks(softdial.softmax, temperature=temperature)

        np.testing.assert_array_equal(
            lazy.compute(), softdial.softmax(logits, temperature=temperature)
        )

    def test_both_processes_take_part(self, client, logits):
        from distributed import wait

        chunks = array(logits, (7, -1)).map_blocks(softdial.softmax).persist()
        wait(chunks)
        assert [bool(held) for held in client.has_what().values()] == [True, True]

    @pytest.mark.parametrize("chunks", [(7, 5), (60, 1), (13, 12)])
    def test_rows_in_pieces_are_put_together_by_logsumexp(self, client, logits, chunks):
        import dask.array as da

        def add(x, axis, keepdims):
            return softdial.logsumexp(x, keepdims=keepdims)

        lazy = array(logits, chunks)
        total = da.reduction(lazy, add, add, axis=-1, keepdims=True, dtype=float)

        np.testing.assert_allclose(
            (lazy - total).compute(), softdial.log_softmax(logits), rtol=1e-12, atol=1e-12
        )

    def test_rows_in_pieces_are_wrong_without_it(self, client, logits):
        pieces = array(logits, (7, 4)).map_blocks(softdial.softmax).compute()
        np.testing.assert_allclose(pieces.sum(axis=1), 3)
