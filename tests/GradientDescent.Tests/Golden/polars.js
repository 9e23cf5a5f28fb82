// Writes polars.arrow and polars.parquet, with the numbers that PolarsFilesTests expects. Run in this folder:
//   npm install --no-save nodejs-polars && node polars.js
const polars = require('nodejs-polars');

const rows = Array.from({ length: 8 }, (_, i) => [i, 0.1 * i, 1 / (i + 1)]);
const y = rows.map(([a, b, c]) => 2 * a - b + 3 * c);
const features = polars.Series('features', rows, polars.FixedSizeList(polars.Float64, 3));
polars.DataFrame({ y, w: y.map((_, i) => i % 3) }).withColumn(features).writeIPC('polars.arrow');
polars.DataFrame({ y, a: rows.map(r => r[0]), b: rows.map(r => r[1]), c: rows.map(r => r[2]) }).writeParquet('polars.parquet');
