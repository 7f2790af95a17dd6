namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>Where the source does something, and to what.</summary>
/// <param name="Target">What it is done to, as it is written there.</param>
/// <param name="Member">The method.</param>
/// <param name="File">The file's path.</param>
internal readonly record struct Site(string Target, string Member, string File)
{
    /// <summary>The type: its name is the first part of the file's.</summary>
    internal string Type => Path.GetFileName(File).Split('.')[0];
}
