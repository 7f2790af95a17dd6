namespace QContinuum.Simulation.Tests.World;

/// <summary>Somebody who does something while the loop waits.</summary>
internal interface IActor
{
    bool CanAct { get; }

    void Act();
}
