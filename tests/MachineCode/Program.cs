// Has what is hot compiled, with nothing else: the tests set where the compiler writes what it made.
QContinuum.MachineCode.Tests.HotCode.Run();
