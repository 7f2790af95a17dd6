// Talks to the Modbus server at 127.0.0.1:<port> with the npm package jsmodbus; prints a line an exchange.
"use strict";

const net = require("node:net");
const { once } = require("node:events");
const jsmodbus = require("jsmodbus");

const say = (what, result) => console.log(`${what}: ${JSON.stringify(result)}`);

async function sayRefused(what, request) {
  try {
    say(what, (await request()).response.body.valuesAsArray);
  } catch (error) {
    console.log(`${what}: exception ${error.response?.body?.code ?? error.message}`);
  }
}

async function main(port) {
  const socket = net.connect({ host: "127.0.0.1", port });
  const client = new jsmodbus.client.TCP(socket, 9, 10_000);
  await once(socket, "connect");

  // Both are asked of one socket before either is answered.
  const [registers, coils] = await Promise.all([client.readHoldingRegisters(0, 5), client.readCoils(0, 9)]);
  say("registers", [...registers.response.body.valuesAsArray]);
  say("coils", coils.response.body.valuesAsArray.slice(0, 9).map(Number));

  const [written, coil] = await Promise.all([client.writeMultipleRegisters(1, [11, 22, 33]), client.writeSingleCoil(7, true)]);
  say("wrote registers", [written.response.body.start, written.response.body.quantity]);
  say("wrote coil", coil.response.body.address);
  await client.writeSingleRegister(4, 44);
  await client.writeMultipleCoils(2, [true, false, true]);

  const [read, bits] = await Promise.all([client.readHoldingRegisters(0, 5), client.readCoils(0, 9)]);
  say("registers", [...read.response.body.valuesAsArray]);
  say("coils", bits.response.body.valuesAsArray.slice(0, 9).map(Number));
  say("unit", read.response.unitId);

  await sayRefused("register 100", () => client.readHoldingRegisters(100, 1));
  await sayRefused("input registers", () => client.readInputRegisters(0, 1));
  await sayRefused("discrete inputs", () => client.readDiscreteInputs(0, 1));
  socket.end();
}

main(Number(process.argv[2])).catch((error) => {
  console.error(error);
  process.exit(1);
});
