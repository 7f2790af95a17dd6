// Talks to the Modbus server at 127.0.0.1:<port> with the npm package modbus-serial; prints a line an exchange.
"use strict";

const ModbusRTU = require("modbus-serial");

const say = (what, result) => console.log(`${what}: ${JSON.stringify(result)}`);

async function sayRefused(what, request) {
  try {
    say(what, await request());
  } catch (error) {
    console.log(`${what}: exception ${error.modbusCode ?? error}`);
  }
}

async function main(port) {
  const client = new ModbusRTU();
  client.setTimeout(10_000);
  await client.connectTCP("127.0.0.1", { port });
  client.setID(17);

  say("fresh registers", (await client.readHoldingRegisters(0, 3)).data);
  say("write register 5", await client.writeRegister(5, 0xbeef));
  say("write registers 6..8", await client.writeRegisters(6, [1, 0x0203, 65535]));
  say("registers 5..8", (await client.readHoldingRegisters(5, 4)).data);
  say("registers 0..99", (await client.readHoldingRegisters(0, 100)).data.length);

  say("write coil 0", await client.writeCoil(0, true));
  say("write coils 10..20", await client.writeCoils(10, [true, false, true, true, false, false, false, false, true, true, true]));
  say("coil 0", (await client.readCoils(0, 1)).data.slice(0, 1));
  say("coils 9..21", (await client.readCoils(9, 13)).data.slice(0, 13));
  say("clear coil 0", await client.writeCoil(0, false));
  say("coil 0", (await client.readCoils(0, 1)).data.slice(0, 1));

  // Many in flight on one socket: the client sends each at once and finds its reply by the transaction.
  const replies = await Promise.all([...Array(20).keys()].map((i) => client.readHoldingRegisters(i, 1 + (i % 4))));
  say("twenty at once", replies.map((reply) => reply.data.length));

  await sayRefused("register 100", () => client.readHoldingRegisters(100, 1));
  await sayRefused("registers 99..100", () => client.readHoldingRegisters(99, 2));
  await sayRefused("write register 100", () => client.writeRegister(100, 1));
  await sayRefused("write coils 99..100", () => client.writeCoils(99, [true, true]));
  await sayRefused("no registers", () => client.readHoldingRegisters(0, 0));
  await sayRefused("126 registers", () => client.readHoldingRegisters(0, 126));
  await sayRefused("2001 coils", () => client.readCoils(0, 2001));
  await sayRefused("input registers", () => client.readInputRegisters(0, 1));
  await sayRefused("discrete inputs", () => client.readDiscreteInputs(0, 1));
  await sayRefused("device identification", () => client.readDeviceIdentification(1, 0));

  say("still there", (await client.readHoldingRegisters(5, 1)).data);
  client.close(() => {});
}

main(Number(process.argv[2])).catch((error) => {
  console.error(error);
  process.exit(1);
});
