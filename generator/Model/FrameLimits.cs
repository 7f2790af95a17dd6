using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>What a header can frame.</summary>
/// <param name="MaxBody">The longest body, in bytes.</param>
/// <param name="Length">The length that states it; null where none does, or several, of which all but the first are the sender's.</param>
/// <param name="Lengths">The names of all its lengths, escaped where they are keywords, in order.</param>
internal sealed record FrameLimits(int MaxBody, LengthModel? Length, EquatableArray<string> Lengths)
{
    /// <summary>Why no value of the length states a body of some size; null where one does.</summary>
    public string? WhyNotStated(int body)
    {
        if (Length is null)
        {
            return null;
        }

        long counted = body - Length.Offset;
        return counted < 0 ? Invariant($"it would be {counted}, and a length is never negative")
            : counted % Length.Scale != 0 ? Invariant($"it counts units of {Length.Scale} bytes, and there are {counted}")
            : null;
    }
}
