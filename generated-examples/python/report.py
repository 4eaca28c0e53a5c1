"""Generated bindings in use: four data sets of R, on R's own memory."""

import numpy as np

from bindings import datasets


def main() -> None:
    # A data frame with a typed property for each column.
    cars = datasets.mtcars
    mpg, cyl = np.asarray(cars.mpg), np.asarray(cars.cyl)
    print(f"mtcars: {len(mpg)} cars, miles per gallon by number of cylinders")
    for cylinders in np.unique(cyl):
        print(f"  {cylinders:g}: {mpg[cyl == cylinders].mean():.2f}")

    # A factor: its levels are a Literal in the stub.
    species = datasets.iris.Species
    print(f"iris: {len(species)} flowers of {', '.join(species.levels)}")

    # A matrix: NumPy looks at R's memory, column by column, without a copy.
    status = datasets.occupationalStatus
    view = np.asarray(status)
    print(f"occupationalStatus: {view.shape} of {view.dtype}, strides {view.strides}")
    view[0, 0] = 456
    print(f"  456 written through NumPy, R has {status[0]}")
    view[0, 0] = 50

    # A time series keeps its start, end and frequency.
    air = datasets.AirPassengers
    print(
        f"AirPassengers: {air.start} to {air.end:.2f}, {air.frequency:g} values a year"
    )


if __name__ == "__main__":
    main()
