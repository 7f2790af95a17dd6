#if DEBUG
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>A place in the source that took a block and, where that is traced, the calls that led there. In a Debug build only.</summary>
internal readonly record struct BlockPlace(string Member, string File, int Line, StackTrace? Trace)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Member} ({Path.GetFileName(File)}:{Line}){BlockLedger.Lines(Trace)}";
}
#endif
