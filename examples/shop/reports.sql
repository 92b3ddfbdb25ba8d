-- What each customer has spent.
SELECT c.name, SUM(i.quantity * p.price) AS spent
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
GROUP BY c.nmae
ORDER BY spent DESC;

-- The latest orders.
SELECT id, ordered_at
FROM oders
ORDER BY ordered_at DESC
LIMIT 10;

-- How many pieces of each product were sold.
SELECT p.title, SUM(i.quantity) AS pieces
FROM products AS p
JOIN order_items AS i ON i.product_id = p.id
GROUP BY i.title;
