"""A Modbus TCP server made of pymodbus: 100 holding registers and 100 coils, all zero, for unit 1. Prints its port, ends with its standard input."""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer


async def main():
    def zeros():
        return ModbusSequentialDataBlock(0, [0] * 100)

    unit = ModbusSlaveContext(co=zeros(), di=zeros(), hr=zeros(), ir=zeros(), zero_mode=True)
    server = ModbusTcpServer(ModbusServerContext(slaves=unit, single=True), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(f"listening on 127.0.0.1:{server.server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    serving.cancel()


asyncio.run(main())
