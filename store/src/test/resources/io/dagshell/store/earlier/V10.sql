insert into libraries (digest, piece, bytes, asked_at) values ('l2', 0, HEX(504b), 1772449200000000);
