insert into libraries (digest, piece, bytes) values ('l1', 0, HEX(504b)), ('l1', 1, HEX(0304));
