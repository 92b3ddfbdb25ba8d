"""Valid statements of many dialects, written for the tests: nothing may be reported of any of them."""

from __future__ import annotations

ANY = r"""
SELECT 1;
SELECT a, b AS c FROM t WHERE a = 1 AND b IS NOT NULL ORDER BY a DESC, b LIMIT 10;
SELECT DISTINCT t.a FROM t INNER JOIN u ON t.id = u.id LEFT OUTER JOIN v ON v.id = u.id;
SELECT COUNT(*), MAX(a) FROM t GROUP BY b HAVING COUNT(*) > 1;
SELECT a FROM t WHERE b IN (SELECT b FROM u WHERE u.c = t.c);
SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id);
SELECT CASE WHEN a > 1 THEN 'x' WHEN a < 0 THEN 'y' ELSE 'z' END AS kind FROM t;
SELECT CASE a WHEN 1 THEN CASE WHEN b = 2 THEN 'p' END ELSE 'q' END FROM t;
SELECT a FROM t UNION ALL SELECT b FROM u ORDER BY 1;
WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT * FROM y JOIN x ON x.a = y.a;
SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC) AS n FROM t;
SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t;
INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y');
INSERT INTO t (a, b) SELECT a, b FROM u WHERE a BETWEEN 1 AND 5;
UPDATE t SET a = 1, b = 'y' WHERE id = 3;
DELETE FROM t WHERE id IN (1, 2, 3);
CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, price DECIMAL(10, 2) DEFAULT 0);
CREATE INDEX i ON t (name);
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t ADD COLUMN c INTEGER;
DROP TABLE IF EXISTS t;
SELECT CAST(a AS INTEGER), COALESCE(b, 'none'), NULLIF(c, 0) FROM t;
SELECT a FROM t WHERE name LIKE '%x%' AND NOT (b = 1 OR c <> 2);
SELECT -- the first
  a /* and a comment, FROM here */
FROM t;
SELECT t.*, u.a FROM t CROSS JOIN u;
SELECT a FROM (SELECT a FROM t WHERE b = 'FROM where') AS s WHERE s.a > 1.5e3;
SELECT 'a -- no comment', 'select; from' FROM t;
SELECT a FROM t WHERE (a, b) IN (SELECT a, b FROM u);
SELECT MIN(a) FROM t GROUP BY a ORDER BY COUNT(*) DESC;
SELECT a AS "select", b AS "my name" FROM t;
"""

SQLITE = r"""
SELECT a FROM t LIMIT 5, 10;
SELECT a || ' ' || b FROM t WHERE a GLOB 'x*' AND b == 2;
INSERT OR REPLACE INTO t VALUES (1, 'it''s');
REPLACE INTO t (a) VALUES (1);
INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.a RETURNING a;
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x) WITHOUT ROWID;
CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END;
PRAGMA foreign_keys = ON;
SELECT `a`, [b], "c" FROM t;
SELECT json_extract(a, '$.b'), a -> '$.c', a ->> 'd' FROM t;
SELECT a FROM t WHERE a IS b AND a IS NOT DISTINCT FROM c;
SELECT a FROM t INDEXED BY i WHERE a = ?1 AND b = :name AND c = @x AND d = $y;
SELECT x'0aff', 1e5, .5, 0x1F;
SELECT a, count(*) FILTER (WHERE b > 1) FROM t GROUP BY a;
SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n;
VALUES (1, 2), (3, 4);
SELECT a NOT NULL, b ISNULL FROM t;
ATTACH DATABASE 'x.db' AS other;
UPDATE t SET a = u.b FROM u WHERE u.id = t.id;
SELECT date('now', '-1 day'), strftime('%Y', 'now');
BEGIN;
COMMIT;
VACUUM;
"""

POSTGRES = r"""
SELECT a::int, '2020-01-01'::date, INTERVAL '1 day' FROM t;
SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b DESC NULLS LAST;
SELECT a FROM t WHERE b ILIKE '%x%' AND c ~* '^a' AND d !~ 'b' AND e SIMILAR TO 'x';
SELECT a -> 'b' ->> 'c', a #>> '{x,y}', a @> '{"k": 1}'::jsonb, a ? 'k' FROM t;
SELECT ARRAY[1, 2, 3], arr[1], arr[1:2], a = ANY (ARRAY[1, 2]), b && c FROM t;
SELECT a FROM t, LATERAL (SELECT b FROM u WHERE u.id = t.id) AS s;
SELECT a FROM t LEFT JOIN LATERAL unnest(t.arr) AS x(y) ON true;
SELECT count(*) FILTER (WHERE a > 1), percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t;
SELECT string_agg(a, ', ' ORDER BY a) FROM t;
SELECT EXTRACT(year FROM d), date_trunc('month', d), a AT TIME ZONE 'UTC' FROM t;
SELECT * FROM generate_series(1, 10) AS g(n);
INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING RETURNING id, a;
INSERT INTO t DEFAULT VALUES;
UPDATE t SET (a, b) = (1, 2) FROM u WHERE u.id = t.id RETURNING *;
DELETE FROM t USING u WHERE u.id = t.id;
WITH moved AS (DELETE FROM t WHERE a = 1 RETURNING *) INSERT INTO u SELECT * FROM moved;
SELECT a FROM t FETCH FIRST 5 ROWS ONLY;
SELECT a FROM t ORDER BY a OFFSET 5 LIMIT 10;
SELECT a FROM t FOR UPDATE SKIP LOCKED;
SELECT a, b, sum(c) FROM t GROUP BY GROUPING SETS ((a), (b), ());
SELECT a, sum(c) FROM t GROUP BY ROLLUP (a, b);
CREATE TABLE t (id SERIAL PRIMARY KEY, tags TEXT[], data JSONB DEFAULT '{}', at TIMESTAMPTZ DEFAULT now());
CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY, CHECK (id > 0),
  FOREIGN KEY (id) REFERENCES u (id) ON DELETE CASCADE);
CREATE UNIQUE INDEX CONCURRENTLY i ON t USING btree (lower(a)) WHERE b IS NULL;
CREATE FUNCTION f(a int) RETURNS int AS $$ BEGIN RETURN a + 1; END; $$ LANGUAGE plpgsql;
DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP RAISE NOTICE 'x'; END LOOP; END $$;
SELECT E'a\'b', U&'\0061', $tag$it's$tag$;
SELECT a IS DISTINCT FROM b, (a, b) OVERLAPS (c, d) FROM t;
CREATE MATERIALIZED VIEW v AS SELECT a FROM t WITH NO DATA;
EXPLAIN ANALYZE SELECT a FROM t;
GRANT SELECT ON t TO someone;
SET search_path TO app, public;
SELECT "userId", u."Group" FROM "Users" AS u WHERE u."order" = 1;
SELECT sum(a) OVER (PARTITION BY b ORDER BY c RANGE BETWEEN INTERVAL '1 day' PRECEDING AND CURRENT ROW) FROM t;
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a
  WHEN NOT MATCHED THEN INSERT (id) VALUES (u.id);
SELECT (t).a, (SELECT array_agg(x) FROM u) FROM t;
SELECT a FROM ONLY t TABLESAMPLE SYSTEM (10);
TRUNCATE TABLE t RESTART IDENTITY CASCADE;
COMMENT ON TABLE t IS 'rooms';
"""

MYSQL = r"""
SELECT `a`, IF(a > 1, 'x', 'y'), IFNULL(b, 0) FROM `t` LIMIT 5, 10;
SELECT a FROM t WHERE b REGEXP '^x' AND c <=> NULL AND NOT d RLIKE 'y';
SELECT DATE_ADD(d, INTERVAL 1 DAY), DATEDIFF(a, b), GROUP_CONCAT(a ORDER BY b SEPARATOR ', ') FROM t;
INSERT INTO t SET a = 1, b = 2;
INSERT IGNORE INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a);
UPDATE t JOIN u ON t.id = u.id SET t.a = u.a WHERE u.b = 1;
DELETE t FROM t JOIN u ON t.id = u.id WHERE u.b = 1;
CREATE TABLE `t` (`id` INT UNSIGNED NOT NULL AUTO_INCREMENT, `a` VARCHAR(10) CHARACTER SET utf8mb4,
  PRIMARY KEY (`id`), KEY `k` (`a`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
SELECT a FROM t WHERE a = "text" AND b = 'it\'s';
SELECT @x := 1;
SHOW TABLES;
SELECT a FROM t STRAIGHT_JOIN u ON t.id = u.id;
SELECT a FROM t WHERE a = 1 && b = 2 || c = 3;
REPLACE INTO t VALUES (1, 2);
SELECT a FROM t FORCE INDEX (i) WHERE a = 1;
SELECT a, b FROM t GROUP BY a WITH ROLLUP;
SELECT MATCH (a) AGAINST ('x' IN BOOLEAN MODE) FROM t;
SELECT JSON_EXTRACT(a, '$.x'), a->>'$.y' FROM t;
"""

BIGQUERY = (
    r"""
SELECT * EXCEPT (a), STRUCT(1 AS x, 'y' AS z) FROM `project.data.t`;
SELECT a, b, FROM `t` WHERE _PARTITIONTIME > TIMESTAMP('2020-01-01');
SELECT x FROM UNNEST([1, 2, 3]) AS x WITH OFFSET AS o;
SELECT ARRAY_AGG(a ORDER BY b LIMIT 3), SAFE_CAST(a AS INT64), arr[OFFSET(0)] FROM t;
SELECT a FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) = 1;
SELECT DATE_SUB(CURRENT_DATE(), INTERVAL 1 DAY), FORMAT_DATE('%Y', d) FROM t;
SELECT * FROM t PIVOT (SUM(a) FOR b IN ('x', 'y'));
MERGE t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a WHEN NOT MATCHED THEN INSERT ROW;
SELECT r'\d+', b'x', """
    + "'''a'b'''"
    + r""" FROM t;
SELECT APPROX_COUNT_DISTINCT(a), COUNTIF(b > 1) FROM t;
DELETE FROM t WHERE true;
CREATE OR REPLACE TABLE d.t PARTITION BY DATE(x) CLUSTER BY y AS SELECT 1 AS y;
SELECT t.a.b.c, t.arr[SAFE_OFFSET(1)].x FROM t;
"""
)

SNOWFLAKE = r"""
SELECT a:b.c::string, a['x'] FROM t, LATERAL FLATTEN(input => t.v) f;
SELECT a FROM t QUALIFY RANK() OVER (ORDER BY b) = 1;
SELECT TOP 5 a FROM t;
SELECT a FROM t SAMPLE (10);
SELECT $1, $2 FROM @stage/file;
SELECT a, LISTAGG(b, ',') WITHIN GROUP (ORDER BY b) FROM t GROUP BY ALL;
SELECT IFF(a > 1, 'x', 'y'), DATEADD(day, 1, d), TRY_CAST(a AS INT), NVL(b, 0) FROM t;
CREATE OR REPLACE TRANSIENT TABLE t (a VARIANT, b NUMBER(38, 0), c TIMESTAMP_NTZ);
SELECT * FROM t AT (OFFSET => -60);
SELECT a FROM t WHERE b ILIKE ANY ('%x%', '%y%');
COPY INTO t FROM @stage FILE_FORMAT = (TYPE = CSV);
SELECT * FROM t PIVOT (SUM(a) FOR b IN ('x', 'y')) AS p;
"""

TSQL = r"""
SELECT TOP 3 [a], [my name] FROM [dbo].[t] WITH (NOLOCK);
SELECT TOP (10) PERCENT a FROM t ORDER BY a;
SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY;
SELECT ISNULL(a, 0), GETDATE(), DATEDIFF(day, a, b), CONVERT(VARCHAR(10), d, 120) FROM t;
SELECT a INTO #tmp FROM t;
SELECT t.a, x.b FROM t CROSS APPLY (SELECT b FROM u WHERE u.id = t.id) x;
INSERT t (a) VALUES (1);
DELETE t WHERE a = 1;
DECLARE @x INT = 1;
SELECT @x = a FROM t WHERE b = N'x';
UPDATE t SET a = u.a FROM t INNER JOIN u ON t.id = u.id;
SELECT a FROM t FOR JSON PATH;
CREATE TABLE t (id INT IDENTITY(1, 1) PRIMARY KEY, a NVARCHAR(MAX));
SELECT IIF(a > 1, 'x', 'y'), STRING_AGG(a, ',') FROM t;
EXEC dbo.p @a = 1, @b = 'x';
"""

ORACLE = r"""
SELECT a FROM t WHERE ROWNUM <= 5;
SELECT SYSDATE, NVL(a, 0), TO_CHAR(d, 'YYYY') FROM dual;
SELECT a FROM t START WITH p IS NULL CONNECT BY PRIOR id = p ORDER SIBLINGS BY a;
SELECT a FROM t, u WHERE t.id = u.id (+);
SELECT a FROM t FETCH FIRST 3 ROWS ONLY;
SELECT LISTAGG(a, ',') WITHIN GROUP (ORDER BY a) FROM t;
INSERT INTO t (a) VALUES (s.NEXTVAL);
SELECT a FROM t MINUS SELECT b FROM u;
SELECT DECODE(a, 1, 'x', 'y'), TRUNC(d), ADD_MONTHS(d, 1) FROM t;
"""

DUCKDB = r"""
FROM t SELECT a WHERE b = 1;
FROM t;
SELECT * EXCLUDE (a), COLUMNS('x.*') FROM t;
SELECT a, b, FROM t;
SELECT {'x': 1, 'y': 'z'}, [1, 2, 3], MAP {'k': 1} FROM t;
SELECT * FROM 'data.csv';
SELECT * FROM read_csv('x.csv', header = true);
SELECT list_transform([1, 2], x -> x + 1), a[1:2] FROM t;
PIVOT t ON a USING sum(b);
SELECT a FROM t GROUP BY ALL ORDER BY ALL;
SELECT a FROM t ASOF JOIN u ON t.x >= u.x;
SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY b) = 1;
SUMMARIZE t;
INSERT INTO t BY NAME SELECT 1 AS a;
"""

SPARK = r"""
SELECT a, explode(b) AS c FROM t LATERAL VIEW explode(x) e AS y;
SELECT /*+ BROADCAST(u) */ t.a FROM t JOIN u ON t.id = u.id;
INSERT OVERWRITE TABLE t PARTITION (d = '2020') SELECT a FROM u;
SELECT transform(a, x -> x + 1), map('k', 1)['k'], named_struct('x', 1).x FROM t;
CREATE TABLE t (a INT) USING DELTA PARTITIONED BY (a);
SELECT a FROM t TABLESAMPLE (10 PERCENT);
SELECT * FROM t VERSION AS OF 3;
SELECT a FROM t LEFT SEMI JOIN u ON t.id = u.id LEFT ANTI JOIN v ON v.id = t.id;
SELECT a FROM t DISTRIBUTE BY a SORT BY b;
OPTIMIZE t ZORDER BY (a);
"""

BY_DIALECT = {
    "": ANY,
    "sqlite": SQLITE,
    "postgres": POSTGRES,
    "mysql": MYSQL,
    "bigquery": BIGQUERY,
    "snowflake": SNOWFLAKE,
    "tsql": TSQL,
    "oracle": ORACLE,
    "duckdb": DUCKDB,
    "databricks": SPARK,
}

_TABLE = "CREATE TABLE t (id BIGINT PRIMARY KEY, state TEXT, amount INT);\n"

FILES = {
    "what belongs to an aggregate": (
        "postgres",
        f"{_TABLE}SELECT amount, count(*) FILTER (WHERE state = 'paid') FROM t GROUP BY 1;\n"
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) FILTER (WHERE id > 1) FROM t;\n",
    ),
    "a row that is there already": (
        "postgres",
        f"{_TABLE}INSERT INTO t (state) VALUES ('x') ON CONFLICT (id) DO UPDATE SET state = excluded.state,\n"
        "  amount = t.amount + 1 WHERE t.state <> excluded.state RETURNING id;\n",
    ),
    "a key that is there already": (
        "mysql",
        f"{_TABLE}INSERT INTO t (id) VALUES (1) ON DUPLICATE KEY UPDATE state = VALUES(state), amount = amount + 1;\n",
    ),
    "columns that are set from another table": (
        "postgres",
        f"{_TABLE}UPDATE t SET state = other.state FROM t AS other WHERE t.id = other.id;\n",
    ),
    "an added column": ("postgres", f"{_TABLE}ALTER TABLE t ADD COLUMN note TEXT;\nSELECT note, id FROM t;\n"),
    "a renamed column": (
        "postgres",
        f"{_TABLE}ALTER TABLE t RENAME COLUMN state TO stage;\nSELECT stage FROM t;\n"
        "ALTER TABLE t RENAME TO u;\nSELECT stage FROM u;\n",
    ),
    "escaped quotes": (
        "mysql",
        f"{_TABLE}INSERT INTO t (id, state) VALUES (1, 'O\\'Brien'), (2, 'semi;colon'), (3, 'back\\\\');\n"
        "SELECT id FROM t;\n",
    ),
    "a trigger": (
        "sqlite",
        "CREATE TABLE t (a INTEGER);\nCREATE TRIGGER g AFTER INSERT ON t\nBEGIN\n  UPDATE t SET a = 1;\n"
        "  SELECT CASE WHEN a = 1 THEN 2 END FROM t;\nEND;\nSELECT a FROM t;\n",
    ),
    "batches": ("tsql", "SELECT 1\nGO\nSELECT a FROM t\nGO\n"),
    "psql": (
        "postgres",
        "\\set ON_ERROR_STOP on\n\\connect shop\nSELECT 1;\n\\i other.sql\n\\echo it's done\nSELECT 2;\n",
    ),
    "copied rows": (
        "postgres",
        "COPY public.t (a, b) FROM stdin;\n1\tit's\n2\tselect from; where\n\\N\t\\N\n\\.\n\nSELECT 1;\n",
    ),
    "a delimiter": (
        "mysql",
        "DELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\n  IF 1 THEN SELECT 2; END IF;\n"
        "END //\nDELIMITER ;\nSELECT 3;\n",
    ),
    "a function in dollars": (
        "postgres",
        "CREATE FUNCTION f() RETURNS trigger AS $body$\nBEGIN\n  NEW.a := 'x';\n  RETURN NEW;\n"
        "END;\n$body$ LANGUAGE plpgsql;\n"
        "SELECT f();\n",
    ),
    "a procedure": (
        "tsql",
        "CREATE PROCEDURE p @a INT AS\nBEGIN\n  SELECT a FROM t WHERE id = @a;\n  UPDATE t SET a = 1;\n"
        "END\nGO\nEXEC p 1;\n",
    ),
    "a function of SQL": (
        "postgres",
        "CREATE FUNCTION f(int) RETURNS int LANGUAGE SQL\nBEGIN ATOMIC\n  SELECT 1;\n  SELECT 2;\nEND;\nSELECT 3;\n",
    ),
}


def statements_of(text: str) -> list[str]:
    """The statements of one of the texts above: a statement ends with `;` at the end of a line, none has such a line in
    it."""
    return [f"{piece.strip()};" for piece in text.split(";\n") if piece.strip()]
