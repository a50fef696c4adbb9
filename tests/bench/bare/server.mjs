// A bare stack: Socket.IO rooms over PostgreSQL. It stores a line durably, acknowledges it by the callback and shows it to
// the room. It does not authenticate, judge, limit, name sends, or catch up after a lost connection, and rooms reach no
// other process (there is no adapter). As is usual with Socket.IO, the sends of one socket do not wait for each other.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

const CONNECTIONS = 16;
const append = readFileSync(new URL("append.sql", import.meta.url), "utf8");
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, min: CONNECTIONS, max: CONNECTIONS });
const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  const { author, conversation } = socket.handshake.auth;
  socket.join(conversation);
  socket.on("send", async ({ client_id, body }, acknowledge) => {
    const values = [conversation, author, client_id, body];
    const { rows } = await pool.query({ name: "append", text: append, values });
    const { seq } = rows[0];
    acknowledge({ client_id, seq });
    socket.to(conversation).emit("line", { seq, author, client_id, body });
  });
});

http.listen(Number(process.env.PORT), "127.0.0.1");
