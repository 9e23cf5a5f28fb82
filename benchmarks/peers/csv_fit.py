"""Reads a CSV file with pandas and fits it with scikit-learn, as gd fit does.

python3 csv_fit.py FILE best     the least-squares fit
python3 csv_fit.py FILE epoch    one epoch of single samples, on standardised features
"""
import sys

import pandas

data = pandas.read_csv(sys.argv[1])
x, y = data.drop(columns="y").to_numpy(), data["y"].to_numpy()
if sys.argv[2] == "best":
    from sklearn.linear_model import LinearRegression

    model = LinearRegression().fit(x, y)
else:
    from sklearn.linear_model import SGDRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), SGDRegressor(max_iter=1, tol=None, penalty=None, random_state=0)).fit(x, y)
print(model.score(x, y))
