insert into tag_limits (tag, concurrency, created_at) values ('db', 2, 1772449200000000)
