namespace QContinuum.Runtime.Tests.Support;

/// <summary>An exception whose text cannot be made.</summary>
internal sealed class Mute : Exception
{
    public override string Message => throw new InvalidOperationException("there is none");
}
