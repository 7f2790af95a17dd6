namespace QContinuum.Benchmarks.Macro;

/// <summary>Something that a measurement needs is not on this machine; the message says what, and where it is to be had.</summary>
internal sealed class MissingException(string message) : Exception(message);
