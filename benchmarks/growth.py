"""How search grows with the number of passages, as a picture."""

from __future__ import annotations

from pathlib import Path


def plot(growth: dict[int, dict[str, float]], path: Path) -> None:
    """Milliseconds over passages, both in powers of ten."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    for name in next(iter(growth.values())):
        seconds = [figures[name] for figures in growth.values()]
        axes.plot(list(growth), [1000 * value for value in seconds], marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="milliseconds")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
